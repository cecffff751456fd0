package io.graft.standalone;

/**
 * Where PostgreSQL, Kafka and the S3 store are, and how to be let in.
 *
 * @param postgresUrl JDBC URL of the database, without user and password
 * @param kafka bootstrap servers
 * @param s3 URL of the endpoint
 */
record Parts(
        String postgresUrl,
        String postgresUsername,
        String postgresPassword,
        String kafka,
        String s3,
        String s3AccessKey,
        String s3SecretKey,
        String bucket,
        String region) {
    static final String BUCKET = "graft";
    static final String REGION = "us-east-1";

    /** Names no secret, so that it may be logged. */
    @Override
    public String toString() {
        return "Parts[" + postgresUrl + ", " + kafka + ", " + s3 + "/" + bucket + "]";
    }
}
