package dev.parlor.internal.door;

import dev.parlor.DoctorReport;
import dev.parlor.InvalidArgumentException;
import dev.parlor.RoomBuilder;
import dev.parlor.internal.doctor.Diagnosis;
import dev.parlor.internal.net.doctor.Observations;
import java.util.function.Function;
import java.util.function.Supplier;

/** Gives the API what looks at the network of a room; found by it by name. */
public final class DoctorDoor implements Function<RoomBuilder, Supplier<DoctorReport>> {
    /** Called by reflection. */
    public DoctorDoor() {}

    @Override
    public Supplier<DoctorReport> apply(RoomBuilder builder) {
        if (!(builder instanceof JoiningRoom joining)) {
            throw new InvalidArgumentException("the doctor needs a builder of Room.named(…), got one of " + builder.getClass().getName());
        }
        Supplier<Observations> outlook = joining.outlook();
        return () -> Diagnosis.of(outlook.get());
    }
}
