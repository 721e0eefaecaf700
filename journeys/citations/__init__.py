"""What others cite: a plain record in, the text of a reference manager's file out."""
