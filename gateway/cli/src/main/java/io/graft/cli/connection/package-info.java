/** The way to the services: channel, token, deadlines, retries, request ids and trace. */
@NullMarked
package io.graft.cli.connection;

import org.jspecify.annotations.NullMarked;
