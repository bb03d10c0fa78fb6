-- Agencies and desks are public administration: every officer and job may read them, nobody but
-- the country pack (loaded by the owner) changes them. The reporters' site reads nothing.
GRANT SELECT ON agencies_agency, agencies_desk TO himaya_staff, himaya_worker, himaya_figures;
