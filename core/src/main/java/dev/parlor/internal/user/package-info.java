/** The user data of those present. Pure state, JDK only. */
package dev.parlor.internal.user;
