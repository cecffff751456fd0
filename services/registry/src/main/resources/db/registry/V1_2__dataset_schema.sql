-- What the rows of a data set version are: graft.v1.DatasetVersion with nothing but format, rows and schema.
alter table version add column dataset bytea;
