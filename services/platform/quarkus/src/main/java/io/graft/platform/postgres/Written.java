package io.graft.platform.postgres;

import io.graft.platform.job.JobRecord;
import io.graft.v1.JobEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction did to a job.
 *
 * @param record the job afterwards
 * @param event what was added to its history; null when nothing changed
 */
record Written(JobRecord record, @Nullable JobEvent event) {}
