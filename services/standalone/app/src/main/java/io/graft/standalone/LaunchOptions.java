package io.graft.standalone;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the process was asked to do.
 *
 * @param background whether ctrl-C and hang-up are not for it
 */
record LaunchOptions(Path home, PortPlan ports, boolean background) {

    /**
     * Reads options and environment.
     *
     * @throws StandaloneException for an option that is unknown or has no good value
     */
    static LaunchOptions parse(List<String> arguments, Map<String, String> environment) {
        String base = environment.getOrDefault("GRAFT_PORT_BASE", Integer.toString(PortPlan.DEFAULT_BASE));
        boolean background = false;
        Deque<String> rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--background" -> background = true;
                case "--port-base" -> base = value(rest.poll(), option);
                default ->
                    throw new StandaloneException(
                            ExitStatus.WRONG_SETTING,
                            "Option " + option + " is unknown; there are --port-base N and --background");
            }
        }
        return new LaunchOptions(home(environment), new PortPlan(number(base)), background);
    }

    private static String value(@Nullable String value, String option) {
        if (value == null) {
            throw new StandaloneException(ExitStatus.WRONG_SETTING, "Option " + option + " needs a value");
        }
        return value;
    }

    private static int number(String base) {
        if (!base.matches("[0-9]{1,5}")) {
            throw new StandaloneException(
                    ExitStatus.WRONG_SETTING,
                    "The first port is a number, not '" + base + "'. Correct --port-base or GRAFT_PORT_BASE");
        }
        return Integer.parseInt(base);
    }

    private static Path home(Map<String, String> environment) {
        String home = environment.getOrDefault("GRAFT_HOME", "");
        Path path = home.isEmpty() ? Path.of(System.getProperty("user.home"), ".graft") : Path.of(home);
        return path.toAbsolutePath().normalize();
    }
}
