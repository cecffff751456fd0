package io.graft.platform.launch;

/** Names of the environment variables that a launcher gives to a worker; part of the worker contract. */
public final class WorkerEnvironment {
    /** Resource name of the job. */
    public static final String JOB = "GRAFT_JOB";

    /** The attempt, from 1. */
    public static final String ATTEMPT = "GRAFT_ATTEMPT";

    /** Fencing token of the attempt; the assignment must carry the same. */
    public static final String FENCING_TOKEN = "GRAFT_FENCING_TOKEN";

    /** Directory that the worker may fill; it is removed afterwards. */
    public static final String WORK_DIRECTORY = "GRAFT_WORK_DIRECTORY";

    /** W3C traceparent. */
    public static final String TRACEPARENT = "TRACEPARENT";

    /** URL of the S3 endpoint. */
    public static final String S3_ENDPOINT = "GRAFT_S3_ENDPOINT";

    /** Bucket. */
    public static final String S3_BUCKET = "GRAFT_S3_BUCKET";

    /** Region. */
    public static final String S3_REGION = "GRAFT_S3_REGION";

    /** Access key. */
    public static final String S3_ACCESS_KEY = "GRAFT_S3_ACCESS_KEY";

    /** Secret key. */
    public static final String S3_SECRET_KEY = "GRAFT_S3_SECRET_KEY";

    /** Kafka bootstrap servers. */
    public static final String KAFKA_BOOTSTRAP = "GRAFT_KAFKA_BOOTSTRAP";

    /** For fault injection in tests: name of a commit step right after which the worker kills itself; unset otherwise. */
    public static final String FAILPOINT = "GRAFT_FAILPOINT";

    private WorkerEnvironment() {}
}
