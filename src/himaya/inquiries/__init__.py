"""Operations of many victims and suspects, each person in a case of their own."""
