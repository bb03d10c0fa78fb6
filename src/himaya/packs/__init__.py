"""Country packs: law, agencies, calendar and pathway as data, valid as a whole or not at all."""
