"""Coverage-guided fuzzing of every reader (make fuzz); corpus/ has a seed for each kind of file."""
