/**
 * A room as users see it: arguments are checked and values encoded here, on the caller's thread and before anything changes,
 * and then handed to the engine as inputs. Reads go to the replica without a lock. The door makes these objects, tests and
 * recordings look behind them by {@code Backstage}.
 */
@NullMarked
package dev.parlor.internal.facade;

import org.jspecify.annotations.NullMarked;
