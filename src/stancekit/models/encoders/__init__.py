"""Models that read by a sentence encoder, and the encoder itself."""
