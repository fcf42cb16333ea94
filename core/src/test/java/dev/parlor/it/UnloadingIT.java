package dev.parlor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parlor.Room;
import dev.parlor.RoomBuilder;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an application that is unloaded while the JVM goes on leaves behind: nothing. */
class UnloadingIT {
    /** Threads with nothing to do end after ten seconds, on a busy machine a little later. */
    private static final Duration SOON = Duration.ofSeconds(90);

    /** Of the plugins that come one after the other, each so many-th has a room with a passphrase. */
    private static final int SEALED_EACH = 10;

    /** What a value of the plugin's looks like. */
    public record Mood(String of, int level) {}

    /** A plugin: joins a room with all that is its own, with a passphrase or without, and closes it. */
    public static final class Plugin implements Function<Boolean, String> {
        private static final InheritableThreadLocal<Object> INHERITED = new InheritableThreadLocal<>();

        @Override
        public String apply(Boolean sealed) {
            INHERITED.set(new Object() { });
            String name = "unloading-" + UUID.randomUUID();
            try (Room one = room(name, "One", sealed).join(); Room two = room(name, "Two", sealed).join()) {
                one.onRequest(Mood.class, (mood, from) -> new Mood(mood.of(), mood.level() + 1));
                two.sessionData().onChange(change -> change.newValue().ifPresent(Object::hashCode));
                one.awaitParticipants(2, SOON);
                one.sessionData().put("mood", new Mood("good", 1));
                one.flush(SOON);
                Mood answer = two.request(new Mood("x", 1), two.host(), Mood.class, SOON).join();
                return two.sessionData().get("mood").orElseThrow() + " " + answer.level();
            } finally {
                INHERITED.remove();
            }
        }

        private static RoomBuilder room(String name, String participant, boolean sealed) {
            RoomBuilder builder = Room.named(name).as(participant).types(Mood.class);
            return sealed ? builder.passphrase("tea".toCharArray()) : builder;
        }
    }

    private static URL[] classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(File.pathSeparator)).map(each -> {
            try {
                return Path.of(each).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }).toArray(URL[]::new);
    }

    /** The library and all else once more. */
    private static URLClassLoader ofItsOwn() {
        return new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
    }

    /** The library as it is here; only the plugin's own classes once more. */
    private static URLClassLoader withTheSharedLibrary() {
        return new URLClassLoader(classPath(), UnloadingIT.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.startsWith(UnloadingIT.class.getName())) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        };
    }

    private static WeakReference<ClassLoader> use(URLClassLoader loader, boolean sealed) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            @SuppressWarnings("unchecked")
            Function<Boolean, String> plugin = (Function<Boolean, String>) loader.loadClass(Plugin.class.getName())
                    .getDeclaredConstructor().newInstance();
            assertThat(plugin.apply(sealed)).isEqualTo("Mood[of=good, level=1] 2");
        } finally {
            thread.setContextClassLoader(before);
            loader.close();
        }
        return new WeakReference<>(loader);
    }

    private static void awaitCollected(List<WeakReference<ClassLoader>> loaders) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            System.gc();
            assertThat(loaders).allMatch(each -> each.get() == null);
        });
    }

    @Test
    void aPluginThatBringsTheLibraryIsCollected() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            loaders.add(use(ofItsOwn(), true));
        }
        awaitCollected(loaders);
    }

    /** Whose thread made the threads that all share. */
    @Test
    void aPluginThatUsesTheLibraryOfOthersIsCollectedWhileTheyGoOn() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        loaders.add(use(withTheSharedLibrary(), true));
        String name = "going-on-" + UUID.randomUUID();
        try (Room here = Room.named(name).join(); Room there = Room.named(name).join()) {
            here.awaitParticipants(2, SOON);
            for (int i = 0; i < 100; i++) {
                // A passphrase takes ten times as long as all else.
                loaders.add(use(withTheSharedLibrary(), i % SEALED_EACH == 0));
                here.sessionData().put("k", i);
                there.flush(SOON);
            }
            awaitCollected(loaders);
            assertThat(here.sessionData().get("k")).contains(99);
        }
    }

    @Test
    void theHeapDoesNotGrowByJoins() {
        join(20);
        long before = liveBytes();
        join(60);
        // A join took 0.18 MB for ever, 11 MB here; what differs now is which classes the JVM has loaded and compiled.
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(liveBytes() - before).isLessThan(4_000_000));
    }

    private static void join(int times) {
        for (int i = 0; i < times; i++) {
            try (Room room = Room.named("heap-" + i % 3).join()) {
                room.sessionData().put("k", i);
            }
        }
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
