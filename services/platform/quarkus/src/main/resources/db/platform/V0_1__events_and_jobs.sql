-- What every service has in its schema: events to send, events taken, jobs.

create table outbox (
    position     bigint generated always as identity primary key,
    id           uuid        not null default gen_random_uuid() unique,
    type         text        not null,
    source       text        not null,
    subject      text        not null,
    sequence     bigint      not null,
    time         timestamptz not null default clock_timestamp(),
    traceparent  text        not null,
    data         bytea       not null,
    published_at timestamptz,
    failure      text,
    unique (source, subject, sequence)
);
create index outbox_pending on outbox (position) where published_at is null and failure is null;
create index outbox_published on outbox (published_at) where published_at is not null;

-- Last sequence of each subject. Its row lock keeps a subject's events in the order of their commits.
create table outbox_sequence (
    source  text   not null,
    subject text   not null,
    last    bigint not null,
    primary key (source, subject)
);

create table inbox (
    event_id text primary key,
    taken_at timestamptz not null default clock_timestamp()
);
create index inbox_taken on inbox (taken_at);

create sequence fencing_token;

create table job (
    name               text primary key,
    tenant             text        not null,
    kind               text        not null,
    state              text        not null,
    request_id         text,
    payload_hash       text        not null,
    labels             jsonb       not null,
    create_time        timestamptz not null,
    resource           bytea       not null,
    inputs             bytea       not null,
    output_model       text        not null,
    output_kind        text        not null,
    traceparent        text        not null,
    fencing_token      bigint      not null,
    report_sequence    bigint      not null,
    not_before         timestamptz,
    committed_manifest text,
    lease_owner        text,
    lease_until        timestamptz,
    swept              boolean     not null default false,
    unique (tenant, kind, request_id)
);
create index job_newest on job (tenant, create_time desc, name desc);
create index job_to_care_for on job (create_time) where not swept;

create table job_event (
    job      text   not null references job,
    sequence bigint not null,
    event    bytea  not null,
    primary key (job, sequence)
);
