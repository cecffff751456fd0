/** Work that goes on in the background for as long as the service runs. */
@NullMarked
package io.graft.platform.loop;

import org.jspecify.annotations.NullMarked;
