namespace RingPortal.Web.Ring;

/// <summary>Who waits for a call to Ring; decides who goes first when the shared budget is short.</summary>
public enum RingPriority
{
    /// <summary>A person waits.</summary>
    Interactive,

    /// <summary>A job: goes only when nobody queues, and gets half of the budget at most.</summary>
    Background,
}
