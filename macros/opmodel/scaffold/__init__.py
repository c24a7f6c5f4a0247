"""New packets, questions, teams and whole sites from templates. Nothing here overwrites what is there."""
