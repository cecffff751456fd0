package io.graft.registry.store;

import io.graft.platform.error.ErrorCode;
import io.graft.platform.error.GraftException;
import io.graft.platform.postgres.Database;
import io.graft.platform.request.Mutation;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Idempotency keys and dry runs. */
final class Requests {
    private static final String DRY_RUN = "dry_run";

    private Requests() {}

    /** Runs work in a transaction; a dry run does all of it and keeps nothing, so that it fails where the call would. */
    static <R> R carryOut(Database database, Mutation mutation, Function<Handle, R> work) {
        return database.inTransaction(handle -> {
            if (!mutation.validateOnly()) {
                return work.apply(handle);
            }
            handle.savepoint(DRY_RUN);
            R result = work.apply(handle);
            handle.rollbackToSavepoint(DRY_RUN);
            return result;
        });
    }

    /**
     * Takes an idempotency key for a resource that is about to be created. A transaction that takes the same key waits.
     *
     * @return the resource that an earlier call of that key created; empty when there was none or no key was given
     * @throws GraftException {@code REQUEST_ID_REUSED} when the key came with another payload
     */
    static Optional<String> claim(Handle handle, String tenant, Mutation mutation, String resource) {
        if (mutation.requestId().isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> key = Map.of("tenant", tenant, "rpc", mutation.rpc(), "id", mutation.requestId());
        int added = handle.createUpdate("""
                        insert into request (tenant, rpc, request_id, payload_hash, resource)
                        values (:tenant, :rpc, :id, :hash, :resource) on conflict do nothing""")
                .bindMap(key)
                .bind("hash", mutation.payloadHash())
                .bind("resource", resource)
                .execute();
        if (added == 1) {
            return Optional.empty();
        }
        return Optional.of(handle.createQuery("""
                        select payload_hash, resource from request
                        where tenant = :tenant and rpc = :rpc and request_id = :id""")
                .bindMap(key)
                .map((row, context) -> {
                    if (!row.getString("payload_hash").equals(mutation.payloadHash())) {
                        throw reused(mutation, row.getString("resource"));
                    }
                    return row.getString("resource");
                })
                .one());
    }

    private static GraftException reused(Mutation mutation, String resource) {
        return new GraftException(
                ErrorCode.REQUEST_ID_REUSED,
                "request_id '" + mutation.requestId() + "' was used with another payload, which created " + resource
                        + "; choose a new one",
                Map.of("request_id", mutation.requestId(), "resource", resource));
    }
}
