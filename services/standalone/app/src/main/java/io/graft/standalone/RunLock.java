package io.graft.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** One process a home. The kernel gives the lock back when its holder dies, however it dies. */
final class RunLock implements AutoCloseable {
    private final GraftHome home;
    private final FileChannel channel;

    private RunLock(GraftHome home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /** @throws StandaloneException {@link ExitStatus#ALREADY_RUNNING} with the pid of the holder */
    static RunLock take(GraftHome home) throws IOException {
        FileChannel channel =
                FileChannel.open(home.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isFree(channel)) {
            channel.close();
            throw new StandaloneException(
                    ExitStatus.ALREADY_RUNNING,
                    "Graft already runs over " + home.root() + holder(home)
                            + ". Use it, stop it with 'graft down', or set GRAFT_HOME to another directory");
        }
        Files.deleteIfExists(home.endpoints());
        GraftHome.write(home.pid(), ProcessHandle.current().pid() + "\n");
        return new RunLock(home, channel);
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) { // held by this very process
            return false;
        }
    }

    private static String holder(GraftHome home) throws IOException {
        return Files.exists(home.pid())
                ? " as process " + Files.readString(home.pid()).strip()
                : "";
    }

    /** Removes what says that the process runs, and gives the lock back. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(home.endpoints());
        Files.deleteIfExists(home.pid());
        channel.close();
    }
}
