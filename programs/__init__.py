"""What a patient is asked to do and did: exercises, plans and session logs."""
