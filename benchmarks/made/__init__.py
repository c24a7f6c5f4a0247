"""What makes the generated site that is measured."""
