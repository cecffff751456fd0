-- Models, data sets, their versions, aliases, uploads and lineage.

-- A named line of versions: a model or a data set.
create table line (
    name           text collate "C" primary key,
    tenant         text        not null,
    type           text        not null check (type in ('MODEL', 'DATASET')),
    description    text        not null,
    labels         jsonb       not null,
    latest_version bigint      not null,
    revision       bigint      not null,
    create_time    timestamptz not null,
    update_time    timestamptz not null
);
create index line_by_name on line (tenant, type, name);

create table version (
    name        text collate "C" primary key,
    tenant      text        not null,
    line        text collate "C" not null references line,
    number      bigint      not null,
    kind        text        not null check (kind in ('FULL', 'ADAPTER', 'DIFF', 'DATA')),
    digest      text        not null,
    state       text        not null check (state in ('ACTIVE', 'QUARANTINED')),
    job         text,
    labels      jsonb       not null,
    create_time timestamptz not null,
    -- graft.v1.ModelVersion without files and state
    resource    bytea       not null,
    -- graft.v1.Manifest with nothing but files
    files       bytea       not null,
    unique (line, number)
);
create index version_by_digest on version (line, digest);
create unique index version_by_job on version (job);

create table tensor (
    version text collate "C" not null references version,
    name    text collate "C" not null,
    dtype   text             not null,
    shape   bigint[]         not null,
    file    text             not null,
    primary key (version, name)
);

-- From a version to one that it derives from; a parent may be unknown here.
create table lineage (
    child  text collate "C" not null references version,
    parent text collate "C" not null,
    role   text             not null,
    job    text             not null,
    primary key (child, parent, role)
);
create index lineage_by_parent on lineage (parent);

create table alias (
    name        text collate "C" primary key,
    tenant      text        not null,
    line        text collate "C" not null references line,
    version     text collate "C" not null references version,
    revision    bigint      not null,
    update_time timestamptz not null
);
create index alias_by_name on alias (line, name);

create table upload (
    name        text primary key,
    tenant      text        not null,
    line        text collate "C" not null references line,
    kind        text        not null,
    digest      text        not null,
    state       text        not null check (state in ('OPEN', 'COMMITTED', 'EXPIRED')),
    version     text collate "C" references version,
    labels      jsonb       not null,
    -- graft.v1.Manifest with nothing but files
    files       bytea       not null,
    create_time timestamptz not null,
    end_time    timestamptz,
    -- whether objects may lie under the upload's prefix that no version uses
    garbage     boolean     not null default false
);
create index upload_open on upload (create_time) where state = 'OPEN';
create index upload_garbage on upload (end_time) where garbage;

-- First answers to calls with an idempotency key.
create table request (
    tenant       text not null,
    rpc          text not null,
    request_id   text not null,
    payload_hash text not null,
    resource     text not null,
    primary key (tenant, rpc, request_id)
);
