"""What the tests stand on: servers, databases, mail, a browser. No test lives here."""
