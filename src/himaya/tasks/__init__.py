"""What one officer or desk is asked to do about a case."""
