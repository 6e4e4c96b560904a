"""Tests of the whole: the house rules, and what tests share."""
