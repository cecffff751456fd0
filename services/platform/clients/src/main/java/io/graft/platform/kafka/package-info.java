/** Events over Kafka as CloudEvents; the one place that knows the Kafka client. */
@NullMarked
package io.graft.platform.kafka;

import org.jspecify.annotations.NullMarked;
