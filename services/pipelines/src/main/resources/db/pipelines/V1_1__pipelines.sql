-- Pipelines, their revisions, schedules and events that wait for others; runs and their history.

create table pipeline (
    name         text primary key,
    tenant       text        not null,
    description  text        not null,
    revision     bigint      not null,
    version      bigint      not null,
    paused       boolean     not null,
    event_types  text[]      not null,
    request_id   text        not null,
    payload_hash text        not null,
    create_time  timestamptz not null,
    update_time  timestamptz not null
);
create index pipeline_of_tenant on pipeline (tenant, name);

-- Kept when the pipeline is deleted: runs go by it.
create table pipeline_revision (
    pipeline    text        not null,
    revision    bigint      not null,
    document    text        not null,
    create_time timestamptz not null default clock_timestamp(),
    primary key (pipeline, revision)
);

create table schedule (
    pipeline text        not null references pipeline on delete cascade,
    trigger  integer     not null,
    due      timestamptz not null,
    primary key (pipeline, trigger)
);
create index schedule_due on schedule (due);

-- Events that wait for the others of their trigger and key.
create table correlated_event (
    position bigint generated always as identity primary key,
    pipeline text        not null references pipeline on delete cascade,
    trigger  integer     not null,
    key      text        not null,
    slot     text        not null,
    event_id text        not null,
    type        text        not null,
    source      text        not null,
    subject     text        not null,
    sequence    bigint      not null,
    time        timestamptz not null,
    traceparent text        not null,
    data        bytea       not null,
    unique (pipeline, trigger, slot, event_id)
);
create index correlated_by_key on correlated_event (pipeline, trigger, key, slot, position);

create table run (
    name            text primary key,
    tenant          text        not null,
    pipeline        text        not null,
    revision        bigint      not null,
    state           text        not null,
    concurrency_key text        not null,
    cause_key       text        not null,
    payload_hash    text        not null,
    traceparent     text        not null,
    create_time     timestamptz not null,
    resource        bytea       not null,
    due             timestamptz,
    lease_owner     text,
    lease_until     timestamptz,
    -- Exactly one effect: a cause starts one run of a pipeline, however often it is told.
    unique (pipeline, cause_key)
);
create index run_newest on run (tenant, create_time desc, name desc);
create index run_of_pipeline on run (pipeline, create_time desc, name desc);
create index run_due on run (due) where due is not null;
create index run_active on run (pipeline, concurrency_key, create_time) where state in ('QUEUED', 'RUNNING', 'WAITING');

create table run_event (
    run      text   not null references run,
    sequence bigint not null,
    event    bytea  not null,
    primary key (run, sequence)
);
