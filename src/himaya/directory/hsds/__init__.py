"""Files of services in the form of Open Referral's Human Services Data Specification 3.0."""
