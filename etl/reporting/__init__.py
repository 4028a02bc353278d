"""What the commands write: sentences for people, or one JSON document for programs."""
