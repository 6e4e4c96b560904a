"""Layouts and our few components over the NHS design system."""
