package dev.parlor.internal.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import dev.parlor.UnregisteredTypeException;
import dev.parlor.internal.value.container.AnyArraySerializer;
import dev.parlor.internal.value.io.Lacking;
import dev.parlor.internal.value.io.Unreadable;
import dev.parlor.internal.value.jdk.JdkTypes;
import dev.parlor.internal.value.jdk.ModuleTypes;
import dev.parlor.internal.value.shape.Fields;
import java.lang.reflect.Modifier;

/** Kryo with containers and arrays of any class, and errors with a name and with what to do. Not thread-safe. */
final class ParlorKryo extends Kryo implements Lacking.Holder {
    private final TypeRegistry types;
    private final Lacking lacking = new Lacking();

    ParlorKryo(TypeRegistry types) {
        super(new NumbersOnly(), null);
        this.types = types;
    }

    @Override
    public Lacking lacking() {
        return lacking;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Kryo declares it
    public Registration getRegistration(Class type) {
        Registration known = getClassResolver().getRegistration(type);
        if (known != null) {
            return known;
        }
        if (type.isArray()) {
            if (getClassResolver().getRegistration(AnyArraySerializer.baseOf(this, type)) == null) {
                throw unregisteredArray(type);
            }
            return getClassResolver().getRegistration(AnyArraySerializer.class);
        }
        Class<?> general = JdkTypes.generalOf(type);
        if (general != null) {
            return getClassResolver().getRegistration(general);
        }
        if (type.getSuperclass() != null && type.getSuperclass().isEnum()) {
            return getRegistration(type.getSuperclass());
        }
        throw unregistered(type);
    }

    private UnregisteredTypeException unregisteredArray(Class<?> array) {
        Class<?> element = TypeRegistry.elementOf(array);
        Class<?> general = JdkTypes.generalOf(element);
        if (general != null && Fields.isOfTheJdk(element)) {
            return new UnregisteredTypeException(array.getTypeName(), "what is in it arrives as another "
                    + general.getSimpleName() + ": share a List, or an array of " + general.getSimpleName());
        }
        return Modifier.isAbstract(element.getModifiers()) && !element.isEnum()
                ? new UnregisteredTypeException(array.getTypeName(), registering(Fields.simpleName(element) + "[]"))
                : unregistered(element);
    }

    private UnregisteredTypeException unregistered(Class<?> type) {
        String name = type.getName();
        Class<?> namesake = types.named(name);
        if (namesake != null) {
            return new UnregisteredTypeException(name, "it is " + Fields.loaderOf(type) + ", and a class of the same name "
                    + Fields.loaderOf(namesake) + " is registered. It was loaded twice, as by a hot reload or a plugin: "
                    + "join the room anew with .types(" + Fields.simpleName(type) + ".class), said where its objects are made");
        }
        if (type.isEnum() && Fields.isOfTheJdk(type) && !Modifier.isPublic(type.getModifiers())) {
            return new UnregisteredTypeException(name, "the JDK keeps this class for itself, so that no program can name it: "
                    + "share a text or a constant of an enum of your own that stands for it");
        }
        String refusal = types.refusal(type);
        return new UnregisteredTypeException(name, refusal == null ? registering(Fields.simpleName(type)) : refusal);
    }

    private static String registering(String simpleName) {
        return "call .types(" + simpleName + ".class) on the builder of the room, in every program that is to read it";
    }

    /** Classes by their numbers alone: by name, bytes could load any class. */
    private static final class NumbersOnly extends DefaultClassResolver {
        /** What Kryo adds to a number on the wire, since the lower ones say that there is no class, or a name. */
        private static final int OFFSET = 2;

        @Override
        public Registration readClass(Input in) {
            int start = in.position();
            try {
                return super.readClass(in);
            } catch (KryoException e) {
                // Of all that can be wrong here Kryo says only in words what it is.
                in.setPosition(start);
                int number = in.readVarInt(true) - OFFSET;
                if (number < 0 || getRegistration(number) != null) {
                    throw e;
                }
                String module = ModuleTypes.moduleOf(number);
                if (module != null) {
                    throw new Unreadable("its class is one of the module " + module + ", which this program runs without", "",
                            "add \"requires " + module + ";\" to its module-info.java, or start java with --add-modules " + module
                            + "; if it has the module, update Parlor", e);
                } else if (number < TypeRegistry.FIRST_EXPLICIT) {
                    throw new Unreadable("its class is one of the JDK that this version of Parlor does not know", "",
                            "run the same version of Parlor everywhere", e);
                }
                throw new Unreadable("its class, " + described(number) + ", is not registered here", "",
                        "register its class with .types(…) on the builder of the room", e);
            }
        }

        private static String described(int number) {
            return number > TypeRegistry.FIRST_EXPLICIT && number < TypeRegistry.HASHED
                    ? "given as .type(" + (number - TypeRegistry.FIRST_EXPLICIT) + ", …)"
                    : "of the number 0x" + Integer.toHexString(number);
        }

        @Override
        protected Registration readName(Input in) {
            throw new KryoException("a class by its name, which nobody sends");
        }
    }
}
