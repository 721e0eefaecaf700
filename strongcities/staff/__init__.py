"""Who staff are, how they come in, and what they may do; all that they do is built on it.

- coming in: `second_factor` says what it is, `editing.site` asks it of every page of the admin,
  `brake` slows whoever guesses passwords or codes
- what they may: `access`, the one rule; `roles`, the groups
- what they did: `audit`, the log
"""
