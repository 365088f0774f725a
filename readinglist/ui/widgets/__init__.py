"""Small building blocks shared by panes and dialogs."""
