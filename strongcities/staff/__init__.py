"""How staff come in: the second factor after the password, and the brake on guessing.

`second_factor` says what it is, `editing.site` asks it of every page of the admin, `brake` slows
whoever guesses passwords or codes.
"""
