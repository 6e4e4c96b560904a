"""What must survive: power that goes, disks that fill, databases that go away."""
