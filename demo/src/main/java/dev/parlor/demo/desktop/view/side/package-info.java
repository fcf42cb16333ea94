/**
 * What stands beside the stage: chat, polls, questions and breakout rooms, one view each. They show what the model says and pass on
 * what a person does. Only the windows call it.
 */
package dev.parlor.demo.desktop.view.side;
