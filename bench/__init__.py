"""What Trustwide is measured on: each figure is a ratio against a reference in the same run."""
