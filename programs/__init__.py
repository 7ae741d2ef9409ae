"""What a patient is asked to do and did: the exercise library, plans and session logs."""
