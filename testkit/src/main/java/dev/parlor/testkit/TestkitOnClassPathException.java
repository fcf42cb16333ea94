package dev.parlor.testkit;

import dev.parlor.ParlorException;
import dev.parlor.Room;

/** The library is a module of this JVM and the testkit is none, so that the library shows it nothing but the API. */
public final class TestkitOnClassPathException extends ParlorException {
    private static final long serialVersionUID = 1L;

    private TestkitOnClassPathException(Module library) {
        super("the testkit is on the class path, and the library is the module " + library.getName() + ", which shows what the testkit "
                + "needs of it to the module dev.parlor.testkit alone: with Maven take version 3.6.1 or newer of the "
                + "Surefire plugin, or run the tests on the class path by <useModulePath>false</useModulePath> in its configuration; or give "
                + "the tests a module-info.java with \"requires dev.parlor.testkit;\"");
    }

    /** Before the first class is needed that the testkit may not see. */
    static void requireVisible() {
        Module library = Room.class.getModule();
        Module testkit = TestkitOnClassPathException.class.getModule();
        // Options of java may show a part of it to the class path.
        if (library.isNamed() && !testkit.isNamed() && library.getDescriptor().exports().stream()
                .anyMatch(each -> !library.isExported(each.source(), testkit) && each.targets().contains("dev.parlor.testkit"))) {
            throw new TestkitOnClassPathException(library);
        }
    }
}
