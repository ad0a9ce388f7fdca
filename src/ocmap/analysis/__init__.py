"""What the profile says, worked out from the evidence; pure functions."""
