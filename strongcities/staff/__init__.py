"""Who staff are, how they come in, and what they may do; all that they do is built on it.

- coming in: `urls` names the pages, which are allauth's; `adapters` says where we differ,
  `second_factor` whether it is given, which `editing.site` asks on every page of the admin;
  `limits` slows whoever guesses, `pages` has the views that differ
- what they may: `access`, the one rule; `roles`, the groups
- what they did, and how they came in: `audit`, the log
"""
