"""What each action does: one small class for each kind of action, one table that names them all."""
