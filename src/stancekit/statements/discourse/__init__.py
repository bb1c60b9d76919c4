"""What is carried over from one sentence to the next."""
