"""What is meant by ways of writing: names of any script, numbers and days, each as few forms."""
