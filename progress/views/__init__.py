"""Pages that show how it is going: the patient's own and the practitioner's."""
