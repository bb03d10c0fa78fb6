"""What is done with devices and with the records that they bring."""
