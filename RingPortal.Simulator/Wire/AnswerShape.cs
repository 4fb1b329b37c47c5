namespace RingPortal.Simulator.Wire;

/// <summary>The two shapes in which app-integrations answers were seen (contract 3.4).</summary>
public enum AnswerShape
{
    /// <summary><c>{"status":"awaiting"}</c></summary>
    Flat,

    /// <summary><c>{"data":{"attributes":{"status":"awaiting"}}}</c></summary>
    JsonApi,
}
