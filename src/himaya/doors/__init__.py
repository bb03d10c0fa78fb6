"""Other doors than the web page: e-mail, text and chat, partners, paper. Same sealed report."""
